"""The main window: menus, tool bar, status line, message bar."""
