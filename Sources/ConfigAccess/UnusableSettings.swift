/// Why a file about identities cannot be used.
package struct UnusableSettings: Error, Sendable, Equatable, CustomStringConvertible {
    /// Sentences that name the file and the place in it.
    package let description: String

    /// Takes the sentences.
    package init(_ description: String) { self.description = description }

    /// Runs a reader, and puts a place in front of what it says about a field.
    static func at<Value, Failure: Error & CustomStringConvertible>(
        _ place: String, _ read: () throws(Failure) -> Value
    ) throws(UnusableSettings) -> Value {
        do {
            return try read()
        } catch {
            throw UnusableSettings("\(place): \(error.description)")
        }
    }
}
