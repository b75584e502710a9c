"""Whether cited works are registered: four registries, asked politely, their answers judged."""
