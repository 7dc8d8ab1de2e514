import ConfigModel

/// What watches are found by, so that a change costs only those who want it. No environment stands for every one.
enum WatchTopic: Hashable {
    case service(String, environment: String?)
    case prefix(String, environment: String?)
    case everything(environment: String?)
}

extension WatchFilter {
    /// Where a watch with this filter is to be found: a change is under one of these topics exactly when its document
    /// matches, and never under two.
    var topics: [WatchTopic] {
        guard let prefix else {
            if services.isEmpty { return [.everything(environment: environment)] }
            return services.map { .service($0, environment: environment) }
        }
        let others = services.filter { !$0.enclosingPrefixes.contains(prefix[...]) }
        return [.prefix(prefix, environment: environment)] + others.map { .service($0, environment: environment) }
    }
}

extension DocumentKey {
    /// Every topic that a change of this document belongs to. One of a reserved environment is no part of every environment.
    var topics: [WatchTopic] {
        (isReserved ? [environment] : [nil, environment]).flatMap { environment in
            [.everything(environment: environment), .service(service, environment: environment)]
                + service.enclosingPrefixes.map { .prefix(String($0), environment: environment) }
        }
    }
}

extension String {
    /// Of a service's name: the name itself, and what is before each of its dots.
    fileprivate var enclosingPrefixes: [Substring] {
        utf8.indices.filter { utf8[$0] == UInt8(ascii: ".") }.map { self[..<$0] } + [self[...]]
    }
}
