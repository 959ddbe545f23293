"""What can be done: every action as data, the menus and the toolbar made of them."""
