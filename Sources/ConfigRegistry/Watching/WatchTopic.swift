import ConfigModel

/// What watches are found by, so that a change costs only those who want it.
enum WatchTopic: Hashable {
    case document(DocumentKey)
    case service(String)
    case prefix(String)
    case environment(String)
    case everything
}

extension WatchFilter {
    /// Where a watch with this filter is to be found. A change of a matching document is under one of these topics; not
    /// every change under one of them matches.
    var topics: [WatchTopic] {
        if services.isEmpty && prefix == nil { return [environment.map { .environment($0) } ?? .everything] }
        var topics: [WatchTopic] = environment == nil ? services.map { .service($0) } : documents.map { .document($0) }
        if let prefix { topics.append(.prefix(prefix)) }
        return topics
    }
}

extension DocumentKey {
    /// Every topic that a change of this document belongs to.
    var topics: [WatchTopic] {
        var topics: [WatchTopic] = [
            .document(self), .service(service), .environment(environment), .everything, .prefix(service),
        ]
        for dot in service.utf8.indices where service.utf8[dot] == UInt8(ascii: ".") {
            topics.append(.prefix(String(service[..<dot])))
        }
        return topics
    }
}
