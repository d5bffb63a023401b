"""What a text says about dosing, durability and demographics: rules that find, functions that decide.

`read.facts` reads one publication or registration; `read.units_of` makes text units of a title and an abstract.
"""
