/// The version that a reader has already: `If-None-Match`.
package struct ReadCondition: Sendable, Equatable {
    /// The header as it is sent; nil when the reader has none.
    package let header: String?
    private let list: EntityTagList?

    /// Takes the header as it is; nil for none. One that cannot be read matches nothing.
    package init(_ header: String? = nil) {
        self.header = header
        list = header.flatMap { EntityTagList(parsing: $0) }
    }

    /// Reads the header of a request.
    package init(ifNoneMatch header: String?) throws(Problem) {
        self.init(header)
        guard header == nil || list != nil else {
            throw Problem(
                .invalidHeader, "If-None-Match must be a list of ETags as the registry gives them, or an asterisk.")
        }
    }

    /// True when the reader has this version. `*` stands for any living document.
    package func matches(_ etag: String, isLiving: Bool) -> Bool {
        guard let header, let list else { return false }
        return header == etag || list.containsWeakly(etag) || (list.isAny && isLiving)
    }
}
