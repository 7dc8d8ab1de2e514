/// The document `gateway/prod`: {"requests_per_second": 100, "burst": 20}
struct RateLimits: Decodable, Sendable {
    /// How many requests a second are served.
    var requestsPerSecond: Double
    /// How many are served at once after a pause.
    var burst: Int

    /// What makes no sense is refused before anything is changed.
    var mistakes: [String] {
        var mistakes: [String] = []
        if requestsPerSecond <= 0 { mistakes.append("requests_per_second must be more than 0") }
        if burst < 1 { mistakes.append("burst must be at least 1") }
        return mistakes
    }
}
