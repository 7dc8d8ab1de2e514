import ConfigModel
import ConfigStore

extension ChangeSetWriter {
    /// The version whose content each member takes, or why there is none for it, in the order of the request.
    func originals(
        for set: ChangeSetRequest
    ) async throws(RegistryError) -> [Result<VersionRecord?, RegistryError>] {
        var originals: [Result<VersionRecord?, RegistryError>] = []
        for change in set.changes {
            do throws(RegistryError) {
                originals.append(.success(try await maker.original(for: change)))
            } catch {
                guard error.isAboutOneMember else { throw error }
                originals.append(.failure(error))
            }
        }
        return originals
    }

    /// The heads from memory, however old, or from the store.
    func bases(for keys: [DocumentKey], _ limits: WriteLimits) async throws(RegistryError) -> [WriteBase] {
        let remembered = keys.compactMap { maker.rememberedBase(for: $0, limits) }
        return remembered.count == keys.count ? remembered : try await freshBases(for: keys)
    }

    /// The heads as reads show that begin now.
    func freshBases(for keys: [DocumentKey]) async throws(RegistryError) -> [WriteBase] {
        let heads: [DocumentKey: Result<HeadSnapshot, DamagedVersion>]
        do {
            heads = try await maker.reader.fresh(keys)
        } catch {
            throw RegistryError(reading: error)
        }
        var bases: [WriteBase] = []
        for key in keys {
            let head: WriteHead?
            switch heads[key] {
            case nil: head = nil
            case .success(let snapshot)?: head = .whole(snapshot.record)
            case .failure(let version)?: head = .damaged(try DamagedHead(version))
            }
            bases.append(WriteBase(head: head, isProven: true))
        }
        return bases
    }
}
