def almanac():
    return "Cloudy"
