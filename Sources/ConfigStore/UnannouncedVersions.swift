/// What no registry has marked as announced yet, without the contents.
package struct UnannouncedVersions: Sendable, Equatable {
    /// In the order in which they were stored, as far as the store's clock shows it.
    package var versions: [VersionIdentity]
    /// Those whose name or number cannot be read. Others that are damaged show it when they are read.
    package var damaged: [DamagedVersion]

    /// Puts both lists together.
    package init(versions: [VersionIdentity] = [], damaged: [DamagedVersion] = []) {
        self.versions = versions
        self.damaged = damaged
    }

    /// Sorts what was read.
    package init(_ rows: some Sequence<Result<VersionIdentity, DamagedVersion>>) {
        self.init()
        for row in rows {
            switch row {
            case .success(let version): versions.append(version)
            case .failure(let damage): damaged.append(damage)
            }
        }
    }

    /// How many the store went through.
    package var rowCount: Int { versions.count + damaged.count }
}
