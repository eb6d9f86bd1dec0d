"""What is looked up by name or code: states, places, actors, office holders, sectors, currencies. Tables with their sources."""
