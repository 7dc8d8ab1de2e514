import ConfigModel

/// What a deletion did.
public enum Deletion: Sendable, Equatable {
    /// A tombstone was added.
    case deleted(version: Int64)
    /// There was nothing to delete.
    case nothing
}

extension Deletion {
    /// Reads a body.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in
            try object.int64("deleted") == 0 ? .nothing : .deleted(version: try object.int64("version"))
        }
    }

    /// The body.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { body in
            switch self {
            case .nothing: body.member("deleted", 0)
            case .deleted(let version):
                body.member("deleted", 1)
                body.member("version", version)
            }
        }
        return writer.bytes
    }
}
