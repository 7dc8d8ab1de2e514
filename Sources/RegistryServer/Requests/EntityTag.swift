import ConfigModel

/// What the `ETag` of a document says: which version of which epoch. It is strong, and the same from every registry.
struct EntityTag: Equatable, Sendable {
    let epochNumber: Int64
    let version: Int64

    init(epochNumber: Int64, version: Int64) {
        self.epochNumber = epochNumber
        self.version = version
    }

    init(epoch: Epoch, version: Int64) {
        self.init(epochNumber: epoch.number, version: version)
    }

    /// Reads `"<epoch number>.<version>"` with its quotes; nil for any other tag.
    init?(parsing text: String) {
        guard text.utf8.count > 2, text.utf8.first == UInt8(ascii: "\""), text.utf8.last == UInt8(ascii: "\"") else {
            return nil
        }
        let parts = text.dropFirst().dropLast().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let epochNumber = Int64(parts[0]), let version = Int64(parts[1]) else { return nil }
        self.init(epochNumber: epochNumber, version: version)
        guard description == text else { return nil }
    }
}

extension EntityTag: CustomStringConvertible {
    var description: String { "\"\(epochNumber).\(version)\"" }
}
