extension RegistryError {
    /// What a failed read of the store means to the caller.
    init(reading error: StoreError) {
        switch error {
        case .overloaded: self = .overloaded
        case .unavailable, .tooLarge, .invalid, .closed: self = .unavailable("\(error)")
        }
    }

    /// What an append that certainly stored nothing means to the caller.
    init(refusedAppend error: StoreError) {
        switch error {
        case .overloaded: self = .overloaded
        case .tooLarge: self = .tooLarge("\(error)")
        case .unavailable, .invalid, .closed: self = .unavailable("\(error) Nothing was stored.")
        }
    }
}
