/// Why some JSON is not a record, or not one that holds.
package enum RecordDecodingError: Error, Sendable, Equatable {
    /// Not JSON.
    case invalidJSON(JSONError)
    /// A field is missing, of the wrong type or malformed.
    case invalidField(String)
    /// The content does not have the hash that the record names.
    case wrongContentHash(DocumentKey, version: Int64)
    /// What is said about its change set does not hold: a reason without a full stop.
    case wrongChangeSet(DocumentKey, version: Int64, reason: String)
    /// The record hash does not follow from the fields.
    case wrongRecordHash(DocumentKey, version: Int64)
}

extension RecordDecodingError: CustomStringConvertible {
    /// One sentence.
    package var description: String {
        switch self {
        case .invalidJSON(let error): "The record is not valid JSON. \(error)"
        case .invalidField(let reason): "The record is malformed. \(reason)"
        case .wrongContentHash(let key, let version):
            "The content of \(key) version \(version) does not have its content hash: it was altered or damaged."
        case .wrongChangeSet(let key, let version, let reason):
            "The change set of \(key) version \(version) does not hold: \(reason)."
        case .wrongRecordHash(let key, let version):
            "The record of \(key) version \(version) does not have its record hash: it was altered or damaged."
        }
    }
}
