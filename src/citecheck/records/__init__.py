"""What flows through the pipeline: frozen, slotted records without I/O, and the ports."""
