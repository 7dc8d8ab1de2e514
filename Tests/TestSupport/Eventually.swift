/// Waits until a condition holds, asking again and again; for what cannot wake a test.
///
/// - Parameters:
///   - what: what is waited for, as it reads after "not within 30 seconds:".
///   - limit: a generous bound; how long it takes is no matter for a test.
///   - condition: nil and false mean "not yet", and so does an error.
/// - Throws: `NotInTime` with the last error, `CancellationError`.
@discardableResult
package func eventually<Value>(
    _ what: @autoclosure () -> String, within limit: Duration = .seconds(30),
    _ condition: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + limit
    while true {
        var lastError: (any Error)?
        do {
            if let value = try await condition(), (value as? Bool) != false { return value }
        } catch {
            lastError = error
        }
        guard ContinuousClock.now < end else { throw NotInTime(what: what(), limit: limit, lastError: lastError) }
        try await Task.sleep(for: .milliseconds(15))
    }
}

/// Something that a test waited for did not happen.
package struct NotInTime: Error, CustomStringConvertible {
    let what: String
    let limit: Duration
    let lastError: (any Error)?

    package var description: String {
        "not within \(limit.components.seconds) seconds: \(what)" + (lastError.map { " (\($0))" } ?? "")
    }
}
