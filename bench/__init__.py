"""How fast the register is with the data of the whole country; never part of the product."""
