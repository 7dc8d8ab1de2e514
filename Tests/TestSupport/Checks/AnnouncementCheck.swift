package import ConfigModel

/// P3: every stored version is announced at least once, and nothing else is.
package enum AnnouncementCheck {
    /// - Parameters:
    ///   - events: the announcements about one document, repetitions too.
    ///   - history: all its versions.
    package static func violations(of events: [ConfigEvent], for history: [VersionRecord]) -> [String] {
        let announced = Set(events.map(\.version))
        let stored = Dictionary(history.map { ($0.version, $0) }) { first, _ in first }
        var violations = history.map(\.version).filter { !announced.contains($0) }.sorted().map {
            "version \($0) was never announced"
        }
        for event in events {
            guard let record = stored[event.version] else {
                violations.append("version \(event.version) was announced and is not stored")
                continue
            }
            if event.recordHash != record.recordHash || event.content.map({ $0 != record.content }) ?? false {
                violations.append("version \(event.version) was announced with something else than what is stored")
            }
        }
        return violations
    }
}
