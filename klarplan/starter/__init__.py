"""What a new strategy begins with besides empty tables: pages, a glossary, usual fields of action.

All of it depends on the language and on the topic of the strategy. German pages stand in ``docs/``
already, as the sample has them; English ones lie in ``pages/en``.
"""
