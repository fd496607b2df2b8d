"""Files (文件存储): keeps bytes under a key, once. Knows no domain noun."""
