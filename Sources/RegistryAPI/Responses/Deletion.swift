public import ConfigModel

/// What a deletion did.
public enum Deletion: Sendable, Equatable {
    /// A tombstone was added.
    ///
    /// The warnings are what checks say about it.
    case deleted(version: Int64, warnings: [CheckFinding] = [])
    /// There was nothing to delete.
    case nothing
}

extension Deletion {
    /// Reads a body.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in
            try object.int64("deleted") == 0
                ? .nothing
                : .deleted(
                    version: try object.int64("version"),
                    warnings: CheckFinding.list(object[WrittenVersion.warningsField]))
        }
    }

    /// The body.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { body in
            switch self {
            case .nothing: body.member("deleted", 0)
            case .deleted(let version, let warnings):
                body.member("deleted", 1)
                body.member("version", version)
                guard !warnings.isEmpty else { return }
                body.array(WrittenVersion.warningsField) { list in
                    for warning in warnings { list.element(warning.json) }
                }
            }
        }
        return writer.bytes
    }
}
