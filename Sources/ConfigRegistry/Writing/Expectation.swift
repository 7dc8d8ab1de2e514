/// The head that a writer saw, as the condition of a compare-and-set.
package enum Expectation: Sendable, Equatable {
    /// This version, whatever the epoch; 0 means that the document never existed.
    case version(Int64)
    /// The head that this `ETag` stands for.
    case etag(epochNumber: Int64, version: Int64)
}

extension Expectation: CustomStringConvertible {
    package var description: String {
        switch self {
        case .version(0): "unknown"
        case .version(let version): "at version \(version)"
        case .etag(let epochNumber, let version): "at version \(version) of epoch \(epochNumber)"
        }
    }
}
