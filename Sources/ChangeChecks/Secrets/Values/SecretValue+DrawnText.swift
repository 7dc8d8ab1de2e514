/// Values that begin like the name of a secret and are one.
extension SecretValue {
    /// Whether a part of what stands behind a prefix was rather drawn than thought of: eight letters and digits or more that change
    /// between capitals, small letters and digits as no name does, `kR7vault9Qm2`.
    func holdsDrawnText(behind prefix: StaticString) -> Bool {
        bytes.part(from: prefix.utf8CodeUnitCount).split { !ByteKinds.alphanumeric.include($0) }
            .contains { Self.isDrawn(ByteText(rebasing: $0)) }
    }

    private static func isDrawn(_ group: ByteText) -> Bool {
        guard group.count >= 8, group.holds(.digit), group.holds(.letter) else { return false }
        if group.holds(.upper), group.holds(.lower) {
            let changes = changes(in: group) { kind in kind == .upper || kind == .digit }
            return changes > 2 && changes * 4 > group.count
        }
        // In one case only digits tell: `v1beta2` and `log4j2` have one with letters on both sides.
        return changes(in: group) { kind in kind != .digit } > 1
    }

    /// How often another kind of character begins that is of some kind.
    private static func changes(in group: ByteText, to isCounted: (ByteKinds) -> Bool) -> Int {
        group.indices.dropFirst().count { index in
            let kind = ByteKinds(of: group[index])
            return kind != ByteKinds(of: group[index - 1]) && isCounted(kind)
        }
    }
}
