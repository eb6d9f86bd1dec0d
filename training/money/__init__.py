"""How well money is tied to promises, on real releases and real flows."""
