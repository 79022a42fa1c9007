"""MariaDB as the database of a site, for installations with several processes or machines."""
