/// How the embedded store uses its file.
package struct SQLiteOptions: Sendable {
    /// The file grows to this many bytes and no further, so that it cannot fill the disk; nil means that only the disk
    /// limits it. A write that does not fit fails with `StoreError.full`.
    package var maximumBytes: Int64?

    /// True to open a store also when a restore into it was not finished.
    package var takesRestore: Bool

    /// No limit by default.
    package init(maximumBytes: Int64? = nil, takesRestore: Bool = false) {
        self.maximumBytes = maximumBytes
        self.takesRestore = takesRestore
    }
}
