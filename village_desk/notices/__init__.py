"""公开, 公示 and 公告: what must hang on the wall, who checked it, how long it hung, and what is still owed."""
