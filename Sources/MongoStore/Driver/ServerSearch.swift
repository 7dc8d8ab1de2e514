import ConfigModel

/// What a client looks for before a call, for the message when it finds none.
struct ServerSearch: Sendable {
    /// `host:port` of the servers that the URI names, separated by commas.
    let servers: String
    /// How long it looks.
    let time: Duration

    /// A sentence without a full stop.
    ///
    /// - Parameter said: the driver's words about each server, as in `connection refused calling hello on 'host:27017'`.
    func failure(_ said: [String]) -> String {
        let reasons = said.isEmpty ? "" : " (\(said.map(Self.reason).joined(separator: "; ")))"
        return """
            no MongoDB server that takes writes answered at \(servers) within \(time.words)\(reasons): check that it runs, \
            its address, and that its replica set has this name and a primary
            """
    }

    /// The driver's words without the name of its own command.
    private static func reason(_ said: String) -> String {
        guard let call = said.firstRange(of: " calling "), let place = said[call.upperBound...].firstRange(of: " on '"),
            said.hasSuffix("'")
        else { return said }
        return "\(said[place.upperBound...].dropLast()): \(said[..<call.lowerBound])"
    }

    /// What the driver said about each server: the parts in brackets of its message.
    static func reasons(in message: String) -> [String] {
        guard let first = message.firstIndex(of: "["), message.hasSuffix("]") else { return [] }
        let inside = message[first...].dropFirst().dropLast()
        // That it did not connect is what the sentence says.
        return inside.split(separator: "] [").map(String.init).filter { !$0.hasPrefix("Failed to connect to ") }
    }
}
