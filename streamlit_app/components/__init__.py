"""What several pages draw. No questions to the catalogue."""
