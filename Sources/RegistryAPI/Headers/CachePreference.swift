/// `Cache-Control` of a request: whether a response from memory is good enough.
package enum CachePreference {
    /// The response must come from the store, and not from what is remembered of it.
    package static let noCache = "no-cache"

    /// True for `no-cache`, alone or among others.
    package static func refusesMemory(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { $0.drop { $0 == " " }.lowercased().hasPrefix(noCache) }
    }
}
