"""Which size fits: charts, measures as they are told, several people, figures and labels."""
