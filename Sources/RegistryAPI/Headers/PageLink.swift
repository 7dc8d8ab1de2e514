import ConfigModel

/// The header that leads to the next page of a list: `Link: <...?cursor=...>; rel="next"` (RFC 8288).
package enum PageLink {
    /// The header's value.
    package static func header(to target: String) -> String { "<\(target)>; rel=\"next\"" }

    /// A header that leads nowhere.
    package enum Failure: Error, Equatable {
        case unreadable
        case noCursor
    }

    /// The cursor of the next page; nil when there is none.
    package static func cursor(_ header: String?) throws(Failure) -> String? {
        guard let header, header.contains("rel=\"next\"") else { return nil }
        guard let open = header.utf8.firstIndex(of: UInt8(ascii: "<")),
            let close = header.utf8.firstIndex(of: UInt8(ascii: ">")), open < close,
            let query = header.utf8.firstIndex(of: UInt8(ascii: "?")), query < close
        else { throw .unreadable }
        let name = "\(QueryName.cursor)="
        for parameter in header[header.utf8.index(after: query)..<close].split(separator: "&")
        where parameter.hasPrefix(name) {
            if let cursor = PercentEncoding.decoded(parameter.dropFirst(name.count).utf8) { return cursor }
        }
        throw .noCursor
    }
}
