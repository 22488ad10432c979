// expect: accepted
#include <stdlib.h>
#include <string.h>

static long long *amount_of(StringIntMap *stock, const char *name) {
    for (size_t i = 0; i < stock->length; i++) {
        if (strcmp(stock->entries[i].key.text, name) == 0) return &stock->entries[i].value;
    }
    StringIntEntry *entry = &stock->entries[stock->length++];
    entry->key = (String){strdup(name), strlen(name)};
    entry->value = 0;
    return &entry->value;
}

StringIntMap settle_pantry(StringList entries) {
    StringIntMap stock = {calloc(entries.length + 1, sizeof(StringIntEntry)), 0};
    for (size_t i = 0; i < entries.length; i++) {
        char *name;
        long long amount = strtoll(entries.items[i].text + 1, &name, 10);
        long long *here = amount_of(&stock, name + 1);
        switch (entries.items[i].text[0]) {
            case '+':
                *here += amount;
                break;
            case '=':
                *here = amount;
                break;
            default:
                if (amount <= *here) *here -= amount;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < stock.length; i++) {
        if (stock.entries[i].value > 0) stock.entries[kept++] = stock.entries[i];
    }
    stock.length = kept;
    return stock;
}
