import ConfigStore

extension RegistryError {
    /// What a failed read of the store means to the caller.
    init(reading error: StoreError) {
        switch error {
        case .overloaded: self = .overloaded
        case .damaged(let version): self = .damaged(version)
        case .unavailable, .tooLarge, .full, .invalid, .unsupported, .closed: self = .unavailable("\(error)")
        }
    }

    /// What an append that certainly stored nothing means to the caller.
    init(refusedAppend error: StoreError) {
        switch error {
        case .overloaded: self = .overloaded
        case .tooLarge: self = .tooLarge("\(error)")
        case .full: self = .storeFull("\(error)")
        case .damaged(let version): self = .damaged(version)
        case .unsupported: self = .notSupported("\(error) Nothing was stored.")
        case .unavailable, .invalid, .closed: self = .unavailable("\(error) Nothing was stored.")
        }
    }
}
