import HTTPTypes

/// The caller's `X-Correlation-ID`, which is kept with the version and sent back.
enum CorrelationIdentifier {
    static func read(_ headers: HTTPFields) throws(Problem) -> String? {
        guard let text = headers[.correlationID] else { return nil }
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw Problem(
                .invalidHeader, "The X-Correlation-ID must be 1 to 128 printable ASCII characters without spaces.")
        }
        return text
    }
}
