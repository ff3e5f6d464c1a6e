"""What several pages are made of: cards and facts, forms, lists, sheets and their questions, the canvas of a page. No
widget knows a page, a desk or a database."""
