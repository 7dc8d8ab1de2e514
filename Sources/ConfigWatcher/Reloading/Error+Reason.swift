import FoundationEssentials

extension Error {
    /// What the application says of its error: `errorDescription` of a `LocalizedError`, or how it prints.
    var reason: String { (self as? any LocalizedError)?.errorDescription ?? "\(self)" }
}
