"""What do the bodies of the API hold? One model for each, with the field names of the engine."""
