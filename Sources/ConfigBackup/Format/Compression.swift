/// The form of a file that was compressed, by its first bytes: the usual reason why a backup has no lines.
package enum Compression: String, Sendable, CaseIterable {
    case gzip
    case zstd
    case xz
    case bzip2

    /// The form of what begins with these bytes; nil for what is not compressed.
    package init?(beginning bytes: [UInt8]) {
        guard let form = Self.allCases.first(where: { bytes.starts(with: $0.signature) }) else { return nil }
        self = form
    }

    /// What a file of this form begins with.
    package var signature: [UInt8] {
        switch self {
        case .gzip: [0x1F, 0x8B]
        case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
        case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A]
        case .bzip2: [0x42, 0x5A, 0x68]
        }
    }
}
