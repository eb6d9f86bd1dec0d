"""IATI activity XML, versions 1.0x to 2.03, as tables: cut at activities, read fast, read again with care what the fast reader refuses."""
