package import ConfigModel

/// What the `ETag` of a document says: which version of which epoch. It is strong, and the same from every registry.
package struct EntityTag: Equatable, Sendable {
    /// The number of the epoch.
    package let epochNumber: Int64
    /// The number of the version.
    package let version: Int64

    /// Names a version.
    package init(epochNumber: Int64, version: Int64) {
        self.epochNumber = epochNumber
        self.version = version
    }

    /// Names a version in an epoch.
    package init(epoch: Epoch, version: Int64) {
        self.init(epochNumber: epoch.number, version: version)
    }

    /// Reads `"<epoch number>.<version>"` with its quotes; nil for any other tag.
    package init?(parsing text: String) {
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
    package var description: String { "\"\(epochNumber).\(version)\"" }
}
