"""What a site needs before the first request comes in: data in `data`, the steps in `install`."""
