/// Memory for a `bson_t` or `bson_iter_t` of the C library.
///
/// Both are declared with an alignment of 128 bytes that Swift's import of them loses, so they are never Swift variables.
enum BSONStorage {
    private static let size = 128

    /// Lends uninitialised memory of the right size and alignment.
    static func with<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        withUnsafeTemporaryAllocation(byteCount: size, alignment: size) { storage in
            // A temporary allocation of 128 bytes has a base address.
            body(OpaquePointer(storage.baseAddress!))
        }
    }
}
