import ConfigModel
import ConfigStore

/// How many versions the next read names, while how large they are is only known when they were read: few at
/// first and after a large one, so that their contents together do not take much memory, and more while they are small.
struct PieceSize {
    private static let sizes = (few: 8, many: 64)
    private static let largeBytes = 65_536

    private(set) var count = Self.sizes.few

    /// The most that is ever named.
    static var most: Int { sizes.many }

    /// Learns from what was read.
    mutating func adapt(to page: VersionPage) {
        count = page.contains { $0.record.content.bytes.count > Self.largeBytes } ? Self.sizes.few : Self.sizes.many
    }
}
