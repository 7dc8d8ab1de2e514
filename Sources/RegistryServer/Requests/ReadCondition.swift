import HTTPTypes

/// The version that a reader has already: `If-None-Match`.
struct ReadCondition: Sendable {
    private let header: String?
    private let list: EntityTagList?

    /// The reader has none.
    init() {
        header = nil
        list = nil
    }

    init(_ headers: HTTPFields) throws(Problem) {
        header = headers[.ifNoneMatch]
        guard let header else {
            list = nil
            return
        }
        list = EntityTagList(parsing: header)
        if list == nil {
            throw Problem(
                .invalidHeader, "If-None-Match must be a list of ETags as the registry gives them, or an asterisk.")
        }
    }

    /// True when the reader has this version. `*` stands for any living document.
    func matches(_ etag: String, isLiving: Bool) -> Bool {
        guard let header, let list else { return false }
        return header == etag || list.containsWeakly(etag) || (list.isAny && isLiving)
    }
}
