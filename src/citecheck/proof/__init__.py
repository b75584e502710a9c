"""What proves that copies are as they were made: manifests, time stamps, reading all of them."""
