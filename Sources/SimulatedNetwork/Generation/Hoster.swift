/// A fictitious hoster or access network of the generator, with shares and places as real ones have
/// them: few large hosters hold most rented servers, access networks most devices at home.
struct Hoster {
  let id: String
  let organization: String
  /// Of the documentation ranges, RFC 5398.
  let autonomousSystem: Int
  /// Country, latitude, longitude of each place.
  let places: [(country: String, latitude: Double, longitude: Double)]
  /// Weight among rented machines.
  let rented: Double
  /// Weight among devices at home.
  let home: Double

  static let all: [Hoster] = [
    Hoster(
      id: "rhein", organization: "Rhein Hosting", autonomousSystem: 64_496,
      places: [("DE", 50.11, 8.68), ("DE", 49.45, 11.08), ("FI", 60.17, 24.94)], rented: 28, home: 0
    ),
    Hoster(
      id: "seine", organization: "Seine Serveurs", autonomousSystem: 64_500,
      places: [("FR", 48.86, 2.35), ("FR", 50.69, 3.17), ("CA", 45.5, -73.57)], rented: 14, home: 0),
    Hoster(
      id: "hudson", organization: "Hudson Networks", autonomousSystem: 64_498,
      places: [("US", 40.71, -74.01), ("US", 37.34, -121.89), ("GB", 51.51, -0.13)], rented: 11,
      home: 0),
    Hoster(
      id: "cascade", organization: "Cascade Web Platform", autonomousSystem: 64_501,
      places: [("US", 45.84, -119.7), ("US", 39.04, -77.49), ("IE", 53.35, -6.26)], rented: 9,
      home: 0),
    Hoster(
      id: "mesa", organization: "Mesa Compute", autonomousSystem: 64_502,
      places: [("US", 41.26, -95.86), ("BE", 50.45, 3.82)], rented: 6, home: 0),
    Hoster(
      id: "isar", organization: "Isar VPS", autonomousSystem: 64_503,
      places: [("DE", 48.14, 11.58), ("US", 38.63, -90.2)], rented: 10, home: 0),
    Hoster(
      id: "polder", organization: "Polder Cloud", autonomousSystem: 64_497,
      places: [("NL", 52.37, 4.9)], rented: 8, home: 0),
    Hoster(
      id: "alpen", organization: "Alpen Rechenzentrum", autonomousSystem: 64_506,
      places: [("CH", 47.37, 8.54)], rented: 4, home: 0),
    Hoster(
      id: "straits", organization: "Straits Cloud", autonomousSystem: 64_504,
      places: [("SG", 1.29, 103.85), ("JP", 35.68, 139.69)], rented: 6, home: 0),
    Hoster(
      id: "baltic", organization: "Baltic Servers", autonomousSystem: 64_507,
      places: [("LT", 54.69, 25.28), ("SE", 59.33, 18.07)], rented: 4, home: 0),
    Hoster(
      id: "stadtnetz", organization: "Stadtnetz", autonomousSystem: 64_508,
      places: [("DE", 52.52, 13.4), ("AT", 48.21, 16.37)], rented: 0, home: 26),
    Hoster(
      id: "prairie", organization: "Prairie Cable", autonomousSystem: 64_509,
      places: [("US", 41.88, -87.63), ("US", 32.78, -96.8)], rented: 0, home: 30),
    Hoster(
      id: "maple", organization: "Maple Fibre", autonomousSystem: 64_505,
      places: [("CA", 43.65, -79.38)], rented: 0, home: 12),
    Hoster(
      id: "thames", organization: "Thames Online", autonomousSystem: 64_499,
      places: [("GB", 51.51, -0.13)], rented: 0, home: 14),
    Hoster(
      id: "sumida", organization: "Sumida Broadband", autonomousSystem: 64_510,
      places: [("JP", 35.68, 139.69)], rented: 0, home: 8),
    Hoster(
      id: "southern", organization: "Southern Cross Internet", autonomousSystem: 64_511,
      places: [("AU", -33.87, 151.21)], rented: 0, home: 10),
  ]
}
