"""What pulls and pushes an object around the Earth: gravity, Sun and Moon, air and sunlight."""
